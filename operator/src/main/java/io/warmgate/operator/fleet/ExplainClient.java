package io.warmgate.operator.fleet;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.operator.identity.AdminIdentity;

/** Asks the pods of one gateway to explain a request: for tools, the operator never does. */
public final class ExplainClient implements AutoCloseable {
  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;

  private final AdminClient client;

  /** What a pod says. */
  public sealed interface Answer {

    /** Its explanation. */
    record Explained(Explanation explanation) implements Answer {}

    /** Why there is none, for people. */
    record Unanswered(String problem) implements Answer {}
  }

  /**
   * @param identity content of the gateway's admin Secret
   */
  public ExplainClient(AdminIdentity identity) {
    this.client =
        new AdminClient(new AdminCredentials(identity.trusted(), identity.operatorToken()));
  }

  /** Waits for the pod's answer, on the caller's thread; 15 s at most. */
  public Answer ask(String address, ExplainRequest asked) {
    return switch (client.explain(address, asked)) {
      case Reply.Done<Explanation>(Explanation explanation) -> new Answer.Explained(explanation);
      case Reply.Refused<Explanation> refused -> new Answer.Unanswered(problem(refused));
      case Reply.Failed<Explanation>(String problem) ->
          new Answer.Unanswered("does not answer: " + problem);
    };
  }

  private static String problem(Reply.Refused<Explanation> refused) {
    return switch (refused.status()) {
      case NOT_FOUND -> "its runtime is older and explains nothing";
      case UNAUTHORIZED -> "does not take the token of the gateway's admin Secret";
      default -> {
        String path = refused.refusal().path();
        yield (path.isEmpty() ? "" : path + " ") + refused.refusal().message();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
