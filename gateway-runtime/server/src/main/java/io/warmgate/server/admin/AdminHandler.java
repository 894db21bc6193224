package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.Refusal;
import io.warmgate.server.revision.RefusedException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the operation, asks for the token where it is needed, and turns failures into refusals. */
final class AdminHandler implements Handler<HttpServerRequest> {
  private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);
  private static final String PROTECTED = "/v1/";

  private final Map<String, Operation> open;
  private final Map<String, Operation> guarded;
  private final Predicate<@Nullable String> admits;

  /**
   * @param open for everybody
   * @param guarded for the operator; each path begins with {@value #PROTECTED}
   * @param admits whether an Authorization field is the operator's
   */
  AdminHandler(
      Map<String, Operation> open,
      Map<String, Operation> guarded,
      Predicate<@Nullable String> admits) {
    this.open = open;
    this.guarded = guarded;
    this.admits = admits;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    boolean needsToken = path.startsWith(PROTECTED);
    if (needsToken && !admits.test(request.getHeader("authorization"))) {
      request.response().putHeader("www-authenticate", "Bearer");
      finish(request, Answer.refusal(401, "Unauthorized", "the operator's token is asked for"));
      return;
    }
    Operation operation = (needsToken ? guarded : open).get(path);
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
    body.compose(operation.run())
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
