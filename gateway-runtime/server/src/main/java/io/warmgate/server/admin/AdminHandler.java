package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.Refusal;
import io.warmgate.server.admin.AdminSecret.Caller;
import io.warmgate.server.revision.RefusedException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the operation, asks for a token where one is needed, and turns failures into refusals. */
final class AdminHandler implements Handler<HttpServerRequest> {
  private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);
  private static final String PROTECTED = "/v1/";

  private final Map<String, Operation> open;
  private final Map<String, Operation> guarded;
  private final Map<String, Operation> purging;
  private final Function<@Nullable String, Caller> callers;

  /**
   * @param open for everybody
   * @param guarded for the operator; each path begins with {@value #PROTECTED}
   * @param purging those for applications as well; each path begins so
   * @param callers whose an Authorization field is
   */
  AdminHandler(
      Map<String, Operation> open,
      Map<String, Operation> guarded,
      Map<String, Operation> purging,
      Function<@Nullable String, Caller> callers) {
    this.open = open;
    this.guarded = guarded;
    this.purging = purging;
    this.callers = callers;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    if (!path.startsWith(PROTECTED)) {
      run(request, path, open.get(path));
      return;
    }
    switch (callers.apply(request.getHeader("authorization"))) {
      case NOBODY -> {
        request.response().putHeader("www-authenticate", "Bearer");
        finish(request, Answer.refusal(401, "Unauthorized", "a bearer token is asked for"));
      }
      case PURGER -> {
        if (purging.containsKey(path)) {
          run(request, path, purging.get(path));
        } else {
          finish(request, Answer.refusal(403, "Forbidden", "this token may purge, nothing else"));
        }
      }
      case OPERATOR ->
          run(request, path, purging.containsKey(path) ? purging.get(path) : guarded.get(path));
    }
  }

  private static void run(HttpServerRequest request, String path, @Nullable Operation operation) {
    if (operation == null) {
      finish(request, Answer.refusal(404, "NotFound", "there is no " + path));
    } else if (!operation.method().equals(request.method())) {
      request.response().putHeader("allow", operation.method().name());
      finish(
          request,
          Answer.refusal(405, "MethodNotAllowed", path + " takes " + operation.method().name()));
    } else {
      run(request, operation);
    }
  }

  private static void run(HttpServerRequest request, Operation operation) {
    Future<Buffer> body =
        operation.maxBody() == 0
            ? Future.succeededFuture(Buffer.buffer())
            : Body.read(request, operation.maxBody());
    body.compose(content -> operation.run().apply(request.params(), content))
        .otherwise(AdminHandler::refused)
        .onSuccess(answer -> finish(request, answer));
  }

  /** Answers; where the body was not read to its end the connection goes with the answer. */
  private static void finish(HttpServerRequest request, Answer answer) {
    if (!request.isEnded() && answer.status() >= 400) {
      request.response().putHeader("connection", "close");
    }
    answer.write(request.response());
  }

  private static Answer refused(Throwable cause) {
    return switch (cause) {
      case RefusedException refused -> Answer.json(422, refused.refusal());
      case ConfigException wrong ->
          Answer.json(
              422, new Refusal("Invalid", wrong.path(), String.valueOf(wrong.getMessage())));
      case IllegalArgumentException wrong ->
          Answer.json(422, new Refusal("Invalid", "", String.valueOf(wrong.getMessage())));
      case Body.TooLargeException large ->
          Answer.refusal(413, "TooLarge", String.valueOf(large.getMessage()));
      default -> {
        log.error("the admin API failed", cause);
        yield Answer.refusal(500, "Failed", String.valueOf(cause));
      }
    };
  }
}
