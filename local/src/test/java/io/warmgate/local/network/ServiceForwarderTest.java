package io.warmgate.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.local.network.Frontend.Exposure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceForwarderTest {
  private final ServiceForwarder forwarder = new ServiceForwarder();
  private Endpoint one = new Endpoint("one");
  private Endpoint two = new Endpoint("two");
  private InetSocketAddress service = new InetSocketAddress(0);

  @BeforeEach
  void begin() throws IOException {
    service = free();
  }

  @AfterEach
  void end() throws IOException {
    forwarder.close();
    one.close();
    two.close();
  }

  @Test
  void connectionsGoRoundTheEndpoints() throws IOException {
    serve(one, two);
    assertThat(List.of(ask("a"), ask("b"), ask("c"), ask("d")))
        .containsExactly("one:a", "two:b", "one:c", "two:d");
  }

  @Test
  void theEndOfTheRequestIsPassedOnWhileTheAnswerComes() throws IOException {
    serve(one);
    byte[] large = "x".repeat(3_000_000).getBytes(StandardCharsets.US_ASCII);
    try (var socket = connect()) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      socket.getOutputStream().write(large);
                      socket.shutdownOutput();
                    } catch (IOException failed) {
                      throw new UncheckedIOException(failed);
                    }
                  });
      assertThat(socket.getInputStream().readAllBytes()).hasSize(large.length + 4);
      assertThat(writer.isAlive()).isFalse();
    }
  }

  @Test
  void anOpenConnectionOutlivesItsEndpointsPlaceInTheTable() throws IOException {
    serve(one);
    try (var socket = connect()) {
      socket.getOutputStream().write('a');
      assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("one:");
      serve(two);
      assertThat(ask("b")).isEqualTo("two:b");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("a");
    }
  }

  @Test
  void whereAnEndpointRefusesTheNextIsAsked() throws IOException {
    serve(one, two);
    one.close();
    assertThat(List.of(ask("a"), ask("b"), ask("c"))).containsExactly("two:a", "two:b", "two:c");
    two.close();
    assertThatThrownBy(() -> ask("d")).isInstanceOf(SocketException.class);
  }

  @Test
  void withoutEndpointsAConnectionIsReset() {
    forwarder.update(List.of(frontend(Exposure.CLUSTER)));
    assertThatThrownBy(() -> ask("a")).isInstanceOf(SocketException.class);
  }

  @Test
  void aServiceThatIsGoneIsNotListenedFor() throws IOException {
    serve(one);
    forwarder.update(List.of());
    assertThatThrownBy(() -> ask("a")).isInstanceOf(SocketException.class);
  }

  @Test
  void aGatewaysPortIsOnTheMachineUnderAnotherNumberWhereItIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      service = new InetSocketAddress(service.getAddress(), taken.getLocalPort());
      forwarder.update(List.of(frontend(Exposure.MACHINE, one)));
      assertThat(forwarder.published()).hasSize(1);
      Published published = forwarder.published().getFirst();
      assertThat(published.port()).isEqualTo(taken.getLocalPort());
      assertThat(published.localPort()).isNotEqualTo(taken.getLocalPort());
      service = new InetSocketAddress(InetAddress.getLoopbackAddress(), published.localPort());
      assertThat(ask("a")).isEqualTo("one:a");
    }
  }

  private void serve(Endpoint... endpoints) {
    forwarder.update(List.of(frontend(Exposure.CLUSTER, endpoints)));
  }

  private Frontend frontend(Exposure exposure, Endpoint... endpoints) {
    List<InetSocketAddress> addresses = List.of(endpoints).stream().map(Endpoint::address).toList();
    return new Frontend("default", "edge", service.getPort(), service, exposure, addresses);
  }

  private String ask(String text) throws IOException {
    try (var socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.connect(service);
    return socket;
  }

  private static InetSocketAddress free() throws IOException {
    InetAddress address = InetAddress.getByName("127.45.0.1");
    try (var socket = new ServerSocket(0, 1, address)) {
      return new InetSocketAddress(address, socket.getLocalPort());
    }
  }

  /** Answers its name, then what it is sent, until the end of that. */
  private static final class Endpoint {
    private final ServerSocket server;
    private final Thread accepting;

    Endpoint(String name) {
      try {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.45.0.2"));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      accepting = Thread.ofVirtual().start(() -> accept(name));
    }

    InetSocketAddress address() {
      return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept(String name) {
      while (!server.isClosed()) {
        try {
          Socket socket = server.accept();
          Thread.ofVirtual().start(() -> echo(name, socket));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void echo(String name, Socket socket) {
      try (socket) {
        socket.getOutputStream().write((name + ":").getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    /** From now on connections are refused. */
    void close() throws IOException {
      server.close();
      try {
        accepting.join(); // which holds the port until it has left
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
