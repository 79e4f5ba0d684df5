package io.sluice.system.stack;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one stack for all tests of this JVM and ends it after the last. Before each test everything runs, whatever the
 * one before did; after each, what it made is removed.
 */
final class StackExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(StackExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sluice.class;
    }

    /** Called for each test, since each has an instance of its own. */
    @Override
    public Sluice resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Sluice sluice = sluice(context);
        sluice.heal();
        return sluice;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Sluice sluice = sluice(context);
        sluice.heal();
        sluice.cleanUp();
    }

    /** The root's store closes it at the end of the launcher's run. */
    private static Sluice sluice(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(FirstStart.class, _ -> FirstStart.attempt(), FirstStart.class)
                .sluice();
    }
}
