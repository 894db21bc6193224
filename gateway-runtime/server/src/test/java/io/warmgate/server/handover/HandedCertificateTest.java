package io.warmgate.server.handover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.ClientCertificates.Mode;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import io.warmgate.server.listener.Authority;
import io.warmgate.server.listener.Raw;
import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The pod that a client came to looked at its certificate; the other takes its word. */
class HandedCertificateTest extends BetweenPods {
  private static final Authority OWN = new Authority("own");
  private static final SSLContext ANN = OWN.issue("ann").client();
  private static final String GET =
      Raw.head("GET /a HTTP/1.1", "Host: shop.example.com", "Connection: close");

  private String ask(SSLContext client) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral(pods.blue.address), pods.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(GET.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private void serve(Mode mode, Authority authority) throws Exception {
    pods.serveSecureAt(pods.blue, TwoPods.percent(100), mode, authority.bundle());
    pods.serveSecureAt(pods.green, TwoPods.percent(100), mode, authority.bundle());
  }

  private long taken() throws Exception {
    return pods.green.count(Outcome.FROM_TAKEN);
  }

  @Test
  void whoShowedItIsAnsweredByTheOtherPodToo() throws Exception {
    serve(Mode.REQUIRED, OWN);
    assertThat(ask(ANN)).startsWith("HTTP/1.1 200");
    assertThat(taken()).isEqualTo(1);
    assertThatThrownBy(() -> ask(Authority.without())).isInstanceOf(IOException.class);
    serve(Mode.OPTIONAL, OWN);
    assertThat(ask(Authority.without())).startsWith("HTTP/1.1 200");
    assertThatThrownBy(() -> ask(new Authority("own").issue("ann").client()))
        .isInstanceOf(IOException.class);
    assertThat(taken()).isEqualTo(2);
  }

  /** A pod that does not serve the revision yet hands over whom this one would not connect. */
  @Test
  void whoShowedNoneIsNotAnsweredWhereItIsRequired() throws Exception {
    pods.serveSecureAt(pods.blue, TwoPods.percent(100), null, OWN.bundle());
    pods.serveSecureAt(pods.green, TwoPods.percent(100), Mode.REQUIRED, OWN.bundle());
    assertThat(ask(Authority.without()))
        .startsWith("HTTP/1.1 421")
        .contains("urn:warmgate:problem:wrong-certificate");
    assertThat(taken()).isEqualTo(1);
    assertThat(ask(Authority.without())).as("and pods go on").startsWith("HTTP/1.1 421");
  }
}
