package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import org.jspecify.annotations.Nullable;

/** What became of asking a model that did not answer. */
sealed interface Attempt {
  /** It said so. */
  record Told(ErrorResponse answer) implements Attempt {}

  /** There is no answer. */
  record Failed(Throwable cause) implements Attempt {}

  default ErrorKind kind() {
    return switch (this) {
      case Told(ErrorResponse answer) -> answer.error().kind();
      case Failed(ModelFailure failure) -> failure.error().kind();
      case Failed(ProblemException problem) -> ErrorKind.ofStatus(problem.problem().status());
      case Failed _ -> ErrorKind.SERVER;
    };
  }

  /** As the provider said; null: it did not. */
  default @Nullable Long retryAfterSeconds() {
    return this instanceof Told(ErrorResponse answer) ? answer.retryAfterSeconds() : null;
  }

  /** Whether its dialect has no words for the question: it was not asked. */
  default boolean isUntold() {
    return this instanceof Failed(ProblemException problem)
        && problem.problem() == Problem.MODEL_REQUEST;
  }

  /** Whether the failure says something of the model, and not of the gateway's own limits. */
  default boolean isModels() {
    return !isUntold()
        && !(this instanceof Failed(Throwable cause) && ProblemException.isLimit(cause));
  }
}
