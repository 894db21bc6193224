package io.warmgate.operator.check;

import io.warmgate.operator.rollout.RolloutSettings.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks over a connection to the very address that was checked: an HTTP client would resolve the
 * name once more, and a name may lead elsewhere by then. Redirects are not followed, so that
 * nothing leads further.
 */
final class HttpAsker implements Asker {
  private final HostNames names;
  private final AddressRule rule;

  HttpAsker(HostNames names, AddressRule rule) {
    this.names = names;
    this.rule = rule;
  }

  @Override
  public Answer ask(Check check) {
    String host = check.url().getHost().replaceAll("^\\[|]$", "");
    try {
      List<InetAddress> addresses = names.resolve(host);
      Optional<String> refused =
          addresses.stream().map(rule::refuses).flatMap(Optional::stream).findFirst();
      return refused.isPresent()
          ? new Answer.Refused(refused.get())
          : ask(check, host, new InetSocketAddress(addresses.getFirst(), port(check.url())));
    } catch (UnknownHostException e) {
      return new Answer.None("there is no host " + host);
    } catch (SocketTimeoutException e) {
      return new Answer.None("after " + text(check.timeout()) + " there was none");
    } catch (IOException e) {
      return new Answer.None(String.valueOf(e.getMessage()));
    }
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
  }

  private static boolean isSecure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  private static Answer ask(Check check, String host, InetSocketAddress to) throws IOException {
    int millis = Math.toIntExact(check.timeout().toMillis());
    try (Socket plain = new Socket()) {
      // One that sends a byte now and then would never time out by itself.
      CompletableFuture<Void> over =
          new CompletableFuture<Void>().orTimeout(millis, TimeUnit.MILLISECONDS);
      var _ = over.exceptionally(late -> close(plain));
      try {
        plain.connect(to, millis);
        plain.setSoTimeout(millis);
        Socket socket = isSecure(check.url()) ? secured(plain, host, to.getPort()) : plain;
        socket.getOutputStream().write(PlainHttp.request(check.url()));
        return PlainHttp.read(socket.getInputStream());
      } catch (IOException e) {
        throw over.isDone() ? new SocketTimeoutException() : e;
      } finally {
        over.complete(null);
      }
    }
  }

  private static Void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is no more
    }
    return null;
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 §4.3.4
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String text(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
