/** What tests of this service need: the things around it, and endpoints as the deployments feed brings them. */
package io.sluice.ingress.testsupport;
