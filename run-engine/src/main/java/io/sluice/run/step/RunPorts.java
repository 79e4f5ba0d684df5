package io.sluice.run.step;

import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpSender;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a run needs of the world.
 *
 * @param credentials opens the connection that fills a slot; empty when none does
 */
public record RunPorts(
        Journal journal,
        HttpSender http,
        Function<String, Optional<Credential>> credentials,
        InstantSource clock,
        RandomGenerator random) {}
