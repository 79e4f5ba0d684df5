package io.sluice.integrations.security;

import io.sluice.run.seal.Opener;
import io.sluice.run.seal.Sealer;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Seals secrets for whoever needs them; opens only what this service sealed for itself. */
@Singleton
public class Seals {

    private final Sealer own;
    private final Opener opener;
    private final Sealer ingress;
    private final Sealer scheduler;

    public Seals(KeysConfig keys) {
        this.own = Sealer.of(keys.publicKey());
        this.opener = Opener.of(keys.privateKeys());
        this.ingress = Sealer.of(keys.ingressPublicKey());
        this.scheduler = Sealer.of(keys.schedulerPublicKey());
    }

    public String forIngress(String secret, String tenant, UUID context) {
        return ingress.seal(secret, tenant, context);
    }

    public String forScheduler(String secret, String tenant, UUID context) {
        return scheduler.seal(secret, tenant, context);
    }

    public String forUs(String secret, String tenant, UUID context) {
        return own.seal(secret, tenant, context);
    }

    public String open(String sealed, String tenant, UUID context) {
        return opener.open(sealed, tenant, context);
    }
}
