package io.warmgate.server.exchange;

import org.jspecify.annotations.Nullable;

/** Ends an exchange with an answer of the gateway's own. Cheap: no stack trace. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int retryAfterSeconds;

  public ProblemException(Problem problem) {
    this(problem, 0, null);
  }

  public ProblemException(Problem problem, Throwable cause) {
    this(problem, 0, cause);
  }

  /**
   * @param retryAfterSeconds 0: no {@code Retry-After}
   */
  public ProblemException(Problem problem, int retryAfterSeconds, @Nullable Throwable cause) {
    super(problem.token(), cause, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public Problem problem() {
    return problem;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
