package io.warmgate.server.cache.redis;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a connection to a Redis failed of, in words for who runs it. */
public final class RedisFailure {
  private RedisFailure() {}

  /** One line. Names the field to look at where TLS failed. */
  public static String text(Throwable failure, RedisAddress address) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServerTrust.Refused refused) {
        return String.valueOf(refused.getMessage());
      }
      if (cause instanceof NotSslRecordException) {
        return "it speaks no TLS on that port";
      }
      if (cause instanceof SSLException && refusesClient(cause.getMessage())) {
        return address.tls() != null && address.tls().showsCertificate()
            ? "it does not take the client certificate (tls.clientCertificateRef): "
                + cause.getMessage()
            : "it asks for a client certificate (tls.clientCertificateRef): " + cause.getMessage();
      }
    }
    // A Redis takes a handshake for the beginning of a command, and waits for its end.
    return failure instanceof TimeoutException && address.tls() != null
        ? failure.getMessage() + "; see whether it speaks TLS on that port"
        : String.valueOf(failure.getMessage());
  }

  /** RFC 8446 §6.2: certificate_required and its kin; before, handshake_failure (RFC 5246). */
  private static boolean refusesClient(@Nullable String message) {
    return message != null
        && message.contains("fatal alert")
        && (message.contains("certificate")
            || message.contains("unknown_ca")
            || message.contains("handshake_failure"));
  }
}
