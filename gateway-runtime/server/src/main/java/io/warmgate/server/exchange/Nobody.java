package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who reads an answer as fast as it comes, and throws it away: the client of a request that the
 * gateway makes itself. It goes away from an answer without end, or nearly so: whatever is kept of
 * it is kept without a reader.
 */
final class Nobody implements InvocationHandler {
  /** More than this of an answer is not read. */
  private static final long PATIENCE_BYTES = 64L << 20;

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final MultiMap trailers = MultiMap.caseInsensitiveMultiMap();
  private @Nullable Handler<?> closeHandler;
  private int status = 200;
  private long bytes;

  private final Consumer<Buffer> body;

  private Nobody(Consumer<Buffer> body) {
    this.body = body;
  }

  /**
   * @param body what is read, before it is thrown away
   */
  static HttpServerResponse create(Consumer<Buffer> body) {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            HttpServerResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            new Nobody(body));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "getStatusCode" -> status;
      case "headers" -> headers;
      case "trailers" -> trailers;
      case "bytesWritten" -> bytes;
      case "closed", "writeQueueFull" -> false;
      case "setStatusCode" -> {
        status = (Integer) first(arguments);
        yield self;
      }
      case "write", "end" -> {
        if (arguments != null && first(arguments) instanceof Buffer buffer) {
          body.accept(buffer);
          read(buffer.length());
        }
        yield Future.succeededFuture();
      }
      case "writeEarlyHints" -> Future.succeededFuture();
      case "closeHandler" -> {
        closeHandler = arguments == null ? null : (Handler<?>) arguments[0];
        yield self;
      }
      case "setChunked", "exceptionHandler", "drainHandler", "reset" -> self;
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private void read(int length) {
    bytes += length;
    Handler<?> told = closeHandler;
    if (bytes > PATIENCE_BYTES && told != null) {
      closeHandler = null;
      told.handle(null);
    }
  }

  private static Object first(Object @Nullable [] arguments) {
    if (arguments == null || arguments.length == 0) {
      throw new IllegalArgumentException("needs an argument");
    }
    return arguments[0];
  }
}
