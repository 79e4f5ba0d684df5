/** What tests of this service need: the things around it, and integrations with schedules. */
package io.sluice.scheduler.testsupport;
