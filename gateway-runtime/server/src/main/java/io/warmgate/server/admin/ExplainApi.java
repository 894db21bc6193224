package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.server.Explaining;
import java.util.Map;

/** What a person asks of the pod, with the operator's token: why a request is (not) cached. */
public final class ExplainApi {
  /** In bytes: a request's head and a question's content. */
  private static final int MAX = 1 << 20;

  private final Explaining explaining;

  public ExplainApi(Explaining explaining) {
    this.explaining = explaining;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(AdminApi.EXPLAIN, new Operation(HttpMethod.POST, MAX, this::explain));
  }

  private Future<Answer> explain(Buffer body) {
    return explaining
        .explain(Json.read(body.getBytes(), ExplainRequest.class))
        .map(explanation -> Answer.json(200, explanation))
        .recover(
            failure ->
                failure instanceof IllegalStateException
                    ? Future.succeededFuture(
                        Answer.refusal(503, "NotServing", String.valueOf(failure.getMessage())))
                    : Future.failedFuture(failure));
  }
}
