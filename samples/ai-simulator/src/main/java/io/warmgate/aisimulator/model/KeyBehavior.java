package io.warmgate.aisimulator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of requests with an API key that is accepted. Every field may be left out.
 *
 * @param failure an error instead of answers; its status is no 200
 * @param rateLimit how many requests may be made in a time; tokens are not counted by key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyBehavior(@Nullable Failure failure, @Nullable RateLimit rateLimit) {
  public KeyBehavior {
    if (failure != null && failure.status() == 200) {
      throw new IllegalArgumentException("failure.status: of keys 400 to 599");
    }
    if (rateLimit != null && rateLimit.tokens() != 0) {
      throw new IllegalArgumentException("rateLimit.tokens: not of keys");
    }
  }
}
