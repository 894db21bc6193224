package io.warmgate.server.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends an exchange with an answer of the gateway's own. Cheap: no stack trace. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int retryAfterSeconds;
  private final transient List<String> limits;

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
    this(problem, retryAfterSeconds, cause, List.of());
  }

  private ProblemException(
      Problem problem, int retryAfterSeconds, @Nullable Throwable cause, List<String> limits) {
    super(problem.token(), cause, false, false);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    this.limits = limits;
  }

  /**
   * More was asked for than limits admit.
   *
   * @param limits their names
   */
  public static ProblemException limited(List<String> limits, int retryAfterSeconds) {
    return new ProblemException(Problem.LIMITED, retryAfterSeconds, null, List.copyOf(limits));
  }

  public Problem problem() {
    return problem;
  }

  /** Whether a limit refused the request: the origin was not asked. */
  public static boolean isLimit(Throwable failure) {
    return failure instanceof ProblemException problem && problem.problem == Problem.LIMITED;
  }

  /** Names of the limits that refused; empty with every other problem. */
  public List<String> limits() {
    return limits;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
