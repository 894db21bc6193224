package io.warmgate.aisimulator.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An error instead of an answer.
 *
 * @param status of HTTP; 200 puts the error inside an answer, or a stream, that looks well
 * @param message what the error says; null for a sentence of ours
 * @param type the provider's type of the error; null for the one that goes with the status
 * @param code the provider's code of the error (OpenAI); null for the one that goes with the status
 * @param retryAfterSeconds the {@code Retry-After} field; null for none
 * @param times how many requests fail before they are answered; null for all
 */
public record Failure(
    @JsonProperty(required = true) int status,
    @Nullable String message,
    @Nullable String type,
    @Nullable String code,
    @Nullable Integer retryAfterSeconds,
    @Nullable Integer times) {

  public Failure {
    if (status != 200 && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("failure.status: 200 or 400 to 599, not " + status);
    }
  }
}
