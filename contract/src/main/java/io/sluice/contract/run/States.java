package io.sluice.contract.run;

import java.util.List;

/**
 * What an integration's flow keeps between runs, by the service that runs it.
 *
 * @param unavailable services that could not be asked, so that what is missing is never taken for none
 */
public record States(List<ServiceState> items, List<String> unavailable) {}
