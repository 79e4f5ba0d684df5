package io.sluice.local;

import java.time.Duration;

/** What {@code ./sluice up} says when everything is ready. */
record Welcome(StackPorts ports) {

    String text(Duration took) {
        return """

            Ready in %d s.

              Web UI         %s/
              API            %s/api/v1   (bearer token: ./sluice token alice)
              Webhooks       %s/webhook/...
              Demo systems   %s/   (a warehouse and a shop, to integrate)
              Keycloak       %s/   (administrator: admin, password admin)

              Log in as      alice (editor, acme), adam (admin, acme), victor (viewer, acme)
                             or bella (editor, bolt); the password is the name
              Logs           .local/logs

            Ctrl-C ends everything. The data stays in .local; ./sluice up --fresh starts clean.
            """.formatted(
                        Math.max(1, Math.round(took.toMillis() / 1000.0)),
                        ports.url(StackPort.INTEGRATIONS),
                        ports.url(StackPort.INTEGRATIONS),
                        ports.url(StackPort.INGRESS),
                        ports.url(StackPort.DEMO),
                        ports.url(StackPort.KEYCLOAK));
    }
}
