package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Front;
import io.warmgate.ai.Teller;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.server.exchange.ModelStep.Told;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.Map;

/** The gateway's own problems in the words of a front. */
final class Problems {
  private Problems() {}

  static Told told(Front front, Operation operation, ProblemException cause) {
    Buffer body = Buffer.buffer(front.writeError(error(cause)).json());
    return cause.problem() == Problem.METHOD_NOT_ALLOWED && !operation.method().isEmpty()
        ? new Told(Map.of("content-type", "application/json", "allow", operation.method()), body)
        : new Told(Map.of("content-type", "application/json"), body);
  }

  /** An answer of the gateway's that has a status alone. */
  static Buffer without(Teller front, int status) {
    String why =
        status == 504 ? "The answer is not kept, and no other was wanted." : "There is no answer.";
    return Buffer.buffer(front.writeError(ModelError.of(kind(status), why)).json());
  }

  static ModelError error(ProblemException cause) {
    return switch (cause.getCause()) {
      case TranslationException untold when cause.problem() == Problem.MODEL_REQUEST ->
          untold.toError();
      case TranslationException untold ->
          ModelError.of(
              ErrorKind.UNREADABLE, cause.problem().title() + " " + untold.getMessage() + ".");
      case ModelFailure failure -> failure.error();
      case null, default -> of(cause);
    };
  }

  private static ModelError of(ProblemException cause) {
    Problem problem = cause.problem();
    String message =
        cause.limits().isEmpty()
            ? problem.title()
            : problem.title() + " (" + String.join(", ", cause.limits()) + ")";
    // Who reads "model_not_found" looks for another name.
    String code = problem == Problem.NO_OPERATION ? "unknown_url" : null;
    return new ModelError(kind(problem.status()), message, code, null);
  }

  static ErrorKind kind(int status) {
    return switch (status) {
      case 401 -> ErrorKind.AUTHENTICATION;
      case 403 -> ErrorKind.PERMISSION;
      case 404 -> ErrorKind.NOT_FOUND;
      case 408, 504 -> ErrorKind.TIMEOUT;
      case 413 -> ErrorKind.TOO_LARGE;
      case 429 -> ErrorKind.RATE_LIMITED;
      case 503 -> ErrorKind.OVERLOADED;
      default -> status < 500 ? ErrorKind.INVALID_REQUEST : ErrorKind.SERVER;
    };
  }
}
