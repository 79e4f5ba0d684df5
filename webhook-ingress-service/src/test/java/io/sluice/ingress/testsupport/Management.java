package io.sluice.ingress.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.net.URL;
import java.util.Arrays;

/** What the platform team sees of the service. */
public final class Management {

    private Management() {}

    /** @param metrics the page's address */
    public static double metric(URL metrics, String name) {
        String page = given().get(metrics).asString();
        return Arrays.stream(page.split("\n"))
                .filter(line -> line.matches(name + "(\\{.*})? .*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name + " on " + metrics + ": " + page));
    }

    /** A check's data of the readiness page. */
    public static JsonPath health(URL ready) {
        return given().get(ready).jsonPath();
    }
}
