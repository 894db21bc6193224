package io.warmgate.server.version;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A model at a server, and how its versions are asked for.
 *
 * @param server {@link io.warmgate.config.admin.ServedVersions#server}: polled once
 * @param ask never fails; completes on any thread
 */
public record Poll(String server, Supplier<Future<Found>> ask) {}
