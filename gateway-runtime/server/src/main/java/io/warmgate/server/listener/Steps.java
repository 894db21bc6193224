package io.warmgate.server.listener;

import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Observer;

/** The steps of a request that are plugged in. */
public record Steps(CacheStep cache, Observer observer) {}
