package io.sluice.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password, as HTTP basic authentication sends them. */
record BasicCredentials(String user, String password) {

    boolean areIn(Call call) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return call.header("authorization")
                .filter(sent -> Signatures.same(sent, expected))
                .isPresent();
    }
}
