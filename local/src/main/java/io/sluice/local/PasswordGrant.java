package io.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tokens of the local realm's users, whose passwords are their names. */
final class PasswordGrant {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern REASON = Pattern.compile("\"error_description\"\\s*:\\s*\"([^\"]+)\"");
    private static final int OK = 200;

    private final StackPorts ports;

    PasswordGrant(StackPorts ports) {
        this.ports = ports;
    }

    String accessToken(String user) {
        try {
            HttpURLConnection connection = post(form(user));
            boolean granted = connection.getResponseCode() == OK;
            String answer = read(granted ? connection.getInputStream() : connection.getErrorStream());
            Matcher matcher = (granted ? TOKEN : REASON).matcher(answer);
            String found = matcher.find() ? matcher.group(1) : "unexpected answer";
            if (!granted || found.equals("unexpected answer")) {
                throw new StackException("Keycloak gives no token to %s: %s.".formatted(user, found));
            }
            return found;
        } catch (ConnectException e) {
            throw new StackException(
                    "Keycloak does not run on %s. Start it: ./sluice up".formatted(ports.url(StackPort.KEYCLOAK)), e);
        } catch (IOException e) {
            throw new StackException("Keycloak does not answer: " + e.getMessage(), e);
        }
    }

    private HttpURLConnection post(String form) throws IOException {
        URI address = URI.create(LocalRealm.url(ports) + "/protocol/openid-connect/token");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(30_000);
        connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        return connection;
    }

    private static String form(String user) {
        String name = URLEncoder.encode(user, StandardCharsets.UTF_8);
        return "grant_type=password&scope=openid&client_id=" + LocalRealm.CLI_CLIENT + "&username=" + name
                + "&password=" + name;
    }

    private static String read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
