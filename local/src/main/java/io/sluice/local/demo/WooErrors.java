package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Errors in the shape of WordPress's REST API. */
final class WooErrors {

    private WooErrors() {}

    static Refused refused(int status, String code, String message) {
        return new Refused(Answer.json(status, error(status, code, message)), message);
    }

    static Refused invalidParameter(String name, String message) {
        ObjectNode body = error(400, "rest_invalid_param", "Invalid parameter(s): " + name);
        ((ObjectNode) body.path("data")).putObject("params").put(name, message);
        return new Refused(Answer.json(400, body), message);
    }

    static ObjectNode error(int status, String code, String message) {
        ObjectNode body = DemoJson.object().put("code", code).put("message", message);
        body.putObject("data").put("status", status);
        return body;
    }
}
