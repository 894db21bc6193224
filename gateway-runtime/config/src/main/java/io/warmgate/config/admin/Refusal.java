package io.warmgate.config.admin;

/**
 * Why a request to the admin API changed nothing.
 *
 * @param reason one word, stable
 * @param path the field that is wrong; empty where it is none
 * @param message a sentence for a person
 */
public record Refusal(String reason, String path, String message) {}
