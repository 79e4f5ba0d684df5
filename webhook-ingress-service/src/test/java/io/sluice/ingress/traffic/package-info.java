/** What came in, as its owner sees it. */
package io.sluice.ingress.traffic;
