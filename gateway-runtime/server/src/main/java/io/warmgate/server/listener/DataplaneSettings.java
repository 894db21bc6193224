package io.warmgate.server.listener;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the machine decides, not the configuration.
 *
 * @param bindAddress null: all
 * @param allowLoopback whether backends may be on loopback or link-local addresses
 * @param eventLoops how many threads serve
 * @param adminPort never a backend's
 */
public record DataplaneSettings(
    @Nullable InetAddress bindAddress, boolean allowLoopback, int eventLoops, int adminPort) {}
