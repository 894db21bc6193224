package io.warmgate.operator.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.rollout.RolloutSettings.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real sockets, from a server that says what it is told to. */
class HttpAskerTest {
  /** Between two bytes of an answer that drips. */
  private static final long PACE_NANOS = 50_000_000;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile Behaviour behaviour = socket -> {};

  @SuppressWarnings("NullAway") // before each test
  private ServerSocket server;

  @TempDir
  @SuppressWarnings("NullAway") // by JUnit
  private Path folder;

  private interface Behaviour {
    void answer(Socket socket) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> one(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void one(Socket socket) {
    try (socket) {
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      StringBuilder head = new StringBuilder();
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        head.append(line).append('\n');
      }
      asked.add(head.toString());
      behaviour.answer(socket);
    } catch (IOException | InterruptedException gone) {
      // it has what it wanted
    }
  }

  private void says(String answer) {
    behaviour = socket -> socket.getOutputStream().write(answer.getBytes(US_ASCII));
  }

  private Check check(String host, String path) {
    return new Check(
        URI.create("http://" + host + ":" + server.getLocalPort() + path),
        Duration.ofMillis(400),
        200);
  }

  private static HttpAsker asker(AddressRule rule) {
    return new HttpAsker(new HostNames(null), rule);
  }

  private Answer ask(String path) {
    return asker(AddressRule.LOOPBACK_ALLOWED).ask(check("127.0.0.1", path));
  }

  @Test
  void asksAndReadsTheFirstLine() {
    says("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 20\r\n\r\nprices are wrong\nab\n");
    assertThat(ask("/check?of=shop%20x")).isEqualTo(new Answer.Status(503, "prices are wrong"));
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("GET /check?of=shop%20x HTTP/1.1\nHost: 127.0.0.1:" + server.getLocalPort())
        .contains("Connection: close");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK||', 200, ''",
    "'HTTP/1.0 204||', 204, ''",
    "'HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 409 no||why|', 409, why",
    "'HTTP/1.1 500 x|Transfer-Encoding: Chunked||5|wrong|0||', 500, wrong",
    "'HTTP/1.1 302 Found|Location: http://169.254.169.254/||elsewhere', 302, elsewhere",
  })
  void answers(String answer, int code, String line) {
    says(answer.replace("|", "\r\n"));
    assertThat(ask("")).isEqualTo(new Answer.Status(code, line));
    assertThat(asked).as("redirects are not followed").hasSize(1);
    assertThat(asked.getFirst()).startsWith("GET / HTTP/1.1\n");
  }

  @Test
  void whatItSaysCannotWriteALineOfItsOwn() {
    says("HTTP/1.1 500 x\r\n\r\na\u001b[31mb\rc" + "d".repeat(1_000) + "\n");
    assertThat(ask("/"))
        .isInstanceOfSatisfying(
            Answer.Status.class,
            status -> assertThat(status.firstLine()).startsWith("a [31mb cd").hasSizeLessThan(300));
  }

  @ParameterizedTest
  @CsvSource({
    "'SSH-2.0-OpenSSH_9.9|', no HTTP/1.1",
    "'HTTP/1.1 20', no HTTP/1.1",
    "'', closed the connection",
    "'HTTP/1.1 200 OK|X: y|', closed the connection",
  })
  void whatIsNoAnswer(String answer, String why) {
    says(answer.replace("|", "\r\n"));
    assertThat(ask("/"))
        .isInstanceOfSatisfying(Answer.None.class, none -> assertThat(none.why()).contains(why));
  }

  @Test
  void aHeadWithoutEndIsNotReadForEver() {
    behaviour =
        socket -> {
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
          byte[] field = ("X: " + "y".repeat(1_000) + "\r\n").getBytes(US_ASCII);
          while (true) {
            socket.getOutputStream().write(field);
          }
        };
    assertThat(ask("/")).isInstanceOf(Answer.None.class);
  }

  @Test
  void oneThatSaysNothingOrDripsIsLate() {
    behaviour = socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(ask("/")).isEqualTo(new Answer.None("after 400 ms there was none"));
    behaviour =
        socket -> {
          while (true) {
            socket.getOutputStream().write('x');
            socket.getOutputStream().flush();
            LockSupport.parkNanos(PACE_NANOS);
          }
        };
    long begun = System.nanoTime();
    assertThat(ask("/")).isEqualTo(new Answer.None("after 400 ms there was none"));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void loopbackIsNotAskedWhateverNameLeadsThere() throws IOException {
    says("HTTP/1.1 200 OK\r\n\r\n");
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "# names\n127.0.0.1  a.example b.example # here\n");
    HttpAsker strict = new HttpAsker(new HostNames(hosts), AddressRule.STRICT);
    for (String host : List.of("127.0.0.1", "localhost", "B.example")) {
      assertThat(strict.ask(check(host, "/")))
          .as(host)
          .isInstanceOfSatisfying(
              Answer.Refused.class, no -> assertThat(no.why()).contains("is not asked"));
    }
    assertThat(asked).isEmpty();
    HttpAsker local = new HttpAsker(new HostNames(hosts), AddressRule.LOOPBACK_ALLOWED);
    assertThat(local.ask(check("B.example", "/"))).isEqualTo(new Answer.Status(200, ""));
  }

  @Test
  void aNameThatLeadsNowhere() {
    assertThat(asker(AddressRule.STRICT).ask(check("no-such-host.invalid", "/")))
        .isEqualTo(new Answer.None("there is no host no-such-host.invalid"));
  }

  @Test
  void tlsIsNotTakenFromWhoeverAnswers() {
    says("HTTP/1.1 200 OK\r\n\r\n");
    URI url = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
    assertThat(asker(AddressRule.LOOPBACK_ALLOWED).ask(new Check(url, Duration.ofMillis(400), 200)))
        .isInstanceOf(Answer.None.class);
  }
}
