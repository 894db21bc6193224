package io.warmgate.server.admin;

import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.PodState;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Talks to an admin API whose certificate is the test's own. */
public final class AdminClient {
  private final String base;
  private final String token;
  private final HttpClient http;

  public AdminClient(String host, int port, String token) {
    this.base = "https://" + host + ":" + port;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  public HttpResponse<String> get(String path) throws IOException {
    return send("GET", path, null);
  }

  public HttpResponse<String> put(String path, Object document) throws IOException {
    return send("PUT", path, Json.write(document));
  }

  public HttpResponse<String> post(String path, Object document) throws IOException {
    return send("POST", path, Json.write(document));
  }

  public PodState state() throws IOException {
    return Json.read(get(AdminApi.STATE).body().getBytes(StandardCharsets.UTF_8), PodState.class);
  }

  public HttpResponse<String> send(String method, String path, byte @Nullable [] body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public int port() {
    return URI.create(base).getPort();
  }

  /** Serial of the certificate that a new connection sees. */
  public int serial() throws IOException {
    try {
      HttpResponse<String> answer =
          new AdminClient(URI.create(base).getHost(), port(), token).get(AdminApi.LIVEZ);
      X509Certificate certificate =
          (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
      return certificate.getSerialNumber().intValue();
    } catch (SSLPeerUnverifiedException e) {
      throw new IOException(e);
    }
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Everyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who the server is is not what is tested. */
  private static final class Everyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
