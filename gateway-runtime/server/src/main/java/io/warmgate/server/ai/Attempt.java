package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What became of asking a model that did not answer. */
sealed interface Attempt {
  /** What clients had better be told is the least. */
  Comparator<Attempt> FOR_CLIENTS =
      Comparator.comparingInt(Attempt::rank).thenComparingLong(Attempt::patience);

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

  /**
   * Whether the model is not there in the version that was asked for. Triton says so of one that it
   * has unloaded with a 503, and older ones with a 400 ({@code ModelRepositoryManager::GetModel}).
   */
  default boolean isOfVersion() {
    return this instanceof Told(ErrorResponse answer)
        && (kind() == ErrorKind.NOT_FOUND
            || answer.error().message().startsWith("Request for unknown model"));
  }

  /** As the provider said; null: it did not. */
  default @Nullable Long retryAfterSeconds() {
    return this instanceof Told(ErrorResponse answer) ? answer.retryAfterSeconds() : null;
  }

  /**
   * Of two keys of one model, what a client had better be told: what is the model's own before what
   * is of a key, and who may be asked again before who is refused.
   */
  static Attempt better(Attempt one, Attempt other) {
    return FOR_CLIENTS.compare(other, one) < 0 ? other : one;
  }

  private int rank() {
    if (!Failover.isOfKey(kind())) {
      return 0;
    }
    return Failover.isBusy(kind()) ? 1 : 2;
  }

  private long patience() {
    Long seconds = retryAfterSeconds();
    return seconds == null ? Long.MAX_VALUE : seconds;
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
