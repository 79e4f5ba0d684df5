package io.sluice.ingress.signature;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;

/** Calls that cannot be signed here as their sender would. */
final class Unsignable {

    private Unsignable() {}

    static ProblemException because(String detail) {
        return new ProblemException(ProblemType.TRIGGER_NOT_SUPPORTED, detail);
    }
}
