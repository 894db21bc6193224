package io.warmgate.config.admin;

/**
 * Where an order stands in the log.
 *
 * @param epoch of the log it was appended to
 * @param position {@code milliseconds-sequence}
 */
public record PurgeReceipt(String epoch, String position) {}
