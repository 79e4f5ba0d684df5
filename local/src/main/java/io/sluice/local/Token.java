package io.sluice.local;

/** {@code ./sluice token USER}: prints a bearer token and nothing else. */
public final class Token {

    private Token() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: ./sluice token USER (alice, adam, victor or bella)");
            System.exit(2);
        }
        try {
            StackPorts ports = StackPorts.fromEnvironment(System.getenv());
            System.out.println(new PasswordGrant(ports).accessToken(arguments[0]));
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
