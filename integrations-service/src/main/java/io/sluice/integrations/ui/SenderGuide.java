package io.sluice.integrations.ui;

/**
 * What is checked of a sender's calls, and how to set the sender up.
 *
 * @param scheme its wire name
 * @param checked HTML: what is checked, and by what repeats are known
 * @param steps HTML: the numbered steps at the sender
 * @param shown whether it is the chosen one
 */
public record SenderGuide(String scheme, String title, String checked, String steps, boolean shown) {}
