package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.ErrorWriter;
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

  /**
   * @param method the only one that is served there; empty: any
   */
  static Told told(ErrorWriter front, String method, ProblemException cause) {
    Buffer body = Buffer.buffer(front.writeError(error(cause)).json());
    return cause.problem() == Problem.METHOD_NOT_ALLOWED && !method.isEmpty()
        ? new Told(Map.of("content-type", front.errorType(), "allow", method), body)
        : new Told(Map.of("content-type", front.errorType()), body);
  }

  /** An answer of the gateway's that has a status alone. */
  static Buffer without(ErrorWriter front, int status) {
    String why =
        status == 504 ? "The answer is not kept, and no other was wanted." : "There is no answer.";
    return Buffer.buffer(front.writeError(ModelError.of(ErrorKind.ofStatus(status), why)).json());
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
    return new ModelError(ErrorKind.ofStatus(problem.status()), message, code, null);
  }
}
