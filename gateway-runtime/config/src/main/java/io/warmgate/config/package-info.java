/**
 * The contract between operator and runtime: what a gateway's pods are configured with ({@link
 * io.warmgate.config.GatewayConfig}), how it travels ({@link io.warmgate.config.Revision}), and
 * what the two say to each other over the admin API ({@code io.warmgate.config.admin}).
 *
 * <p>Versioned records, strictly parsed: an unknown field, a missing one or a value out of range is
 * refused with its path, before anything that runs is touched. No Kubernetes, no Netty.
 */
@NullMarked
package io.warmgate.config;

import org.jspecify.annotations.NullMarked;
