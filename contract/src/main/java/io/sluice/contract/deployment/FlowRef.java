package io.sluice.contract.deployment;

/**
 * Which flow to run.
 *
 * @param template {@code namespace/name:version}
 * @param digest SHA-256 of the document, hex: the flow's address, so that it can be kept for good
 */
public record FlowRef(String template, String digest) {}
