package io.sluice.local;

import java.util.Map;
import java.util.Set;

/** What children must not inherit: settings meant for the launcher, or for other Keycloaks and JVMs of this machine. */
final class InheritedEnvironment {

    private static final Set<String> KEYCLOAK_SCRIPT =
            Set.of("JAVA", "JAVA_OPTS", "JAVA_OPTS_APPEND", "JAVA_ADD_OPENS", "JAVA_LOCALE", "PRINT_ENV", "DEBUG");

    private InheritedEnvironment() {}

    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(InheritedEnvironment::isForeign);
    }

    private static boolean isForeign(String variable) {
        return variable.startsWith("KC_")
                || KEYCLOAK_SCRIPT.contains(variable)
                || (variable.startsWith("SLUICE_") && variable.endsWith("_PORT"));
    }
}
