package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks one probe once: HTTP, HTTPS (certificates are not checked, as a kubelet does), TCP, command.
 */
final class ProbeRequest {
  /** Runs a command of the container; its exit code, or -1 when it took too long. */
  interface Commands {
    int run(List<String> command, int timeoutSeconds) throws IOException, InterruptedException;
  }

  private static final SSLContext TRUSTING = trusting();

  private final Probe probe;
  private final Container container;
  private final String ip;
  private final Commands commands;

  ProbeRequest(Probe probe, Container container, String ip, Commands commands) {
    this.probe = probe;
    this.container = container;
    this.ip = ip;
    this.commands = commands;
  }

  /** What went wrong; empty on success. */
  Optional<String> failure() throws InterruptedException {
    try {
      if (probe.getHttpGet() != null) {
        return http(probe.getHttpGet());
      }
      if (probe.getTcpSocket() != null) {
        var tcp = probe.getTcpSocket();
        try (var socket = connect(tcp.getHost(), tcp.getPort())) {
          Objects.requireNonNull(socket);
          return Optional.empty();
        }
      }
      if (probe.getExec() != null) {
        int code = commands.run(probe.getExec().getCommand(), seconds());
        return code == 0 ? Optional.empty() : Optional.of("command exited with " + code);
      }
      return Optional.of("a probe of this kind is not supported here");
    } catch (IOException failed) {
      return Optional.of(Objects.requireNonNullElse(failed.getMessage(), failed.toString()));
    }
  }

  int seconds() {
    return probe.getTimeoutSeconds() == null ? 1 : Math.max(1, probe.getTimeoutSeconds());
  }

  private Optional<String> http(HTTPGetAction get) throws IOException {
    boolean tls = "HTTPS".equalsIgnoreCase(get.getScheme());
    try (Socket plain = connect(get.getHost(), get.getPort());
        Socket socket = tls ? secure(plain) : plain) {
      String path = get.getPath() == null || get.getPath().isEmpty() ? "/" : get.getPath();
      var request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      boolean host = false;
      if (get.getHttpHeaders() != null) {
        for (var header : get.getHttpHeaders()) {
          host |= header.getName().equalsIgnoreCase("Host");
          request.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
        }
      }
      if (!host) {
        request.append("Host: ").append(ip).append(':').append(socket.getPort()).append("\r\n");
      }
      request.append("User-Agent: kube-probe/warmgate-local\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      return verdict(reader.readLine());
    }
  }

  private static Optional<String> verdict(String statusLine) {
    if (statusLine == null || !statusLine.matches("HTTP/1\\.[01] \\d{3}.*")) {
      return Optional.of("no HTTP answer");
    }
    int code = Integer.parseInt(statusLine.substring(9, 12));
    return code >= 200 && code < 400
        ? Optional.empty()
        : Optional.of("HTTP probe failed with statuscode: " + code);
  }

  private Socket connect(String host, IntOrString port) throws IOException {
    var socket = new Socket();
    try {
      socket.setSoTimeout(seconds() * 1000);
      String target = host == null || host.isEmpty() ? ip : host;
      socket.connect(new InetSocketAddress(target, number(port)), seconds() * 1000);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private int number(IntOrString port) throws IOException {
    if (port.getStrVal() == null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(candidate -> port.getStrVal().equals(candidate.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(() -> new IOException("no port is named " + port.getStrVal()));
  }

  private Socket secure(Socket plain) throws IOException {
    var socket =
        (SSLSocket) TRUSTING.getSocketFactory().createSocket(plain, ip, plain.getPort(), true);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trusting() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A probe asks whether something answers, not who. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
