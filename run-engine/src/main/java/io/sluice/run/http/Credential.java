package io.sluice.run.http;

import io.sluice.contract.connection.ConnectionKind;
import java.util.Map;
import java.util.UUID;

/** An opened connection. Lives only as long as the call that uses it. */
public record Credential(
        UUID connectionId, ConnectionKind kind, Map<String, String> settings, Map<String, String> secrets) {

    /** @throws HttpFailure when the connection lacks it */
    String secret(String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the connection has no secret “" + name + "”");
        }
        return value;
    }

    /** @throws HttpFailure when the connection lacks it */
    String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the connection has no setting “" + name + "”");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Credential[" + connectionId + ", " + kind + "]";
    }
}
