/** What tests of this service need: the things around it, people who call, short ways to say what they do. */
package io.sluice.integrations.testsupport;
