package io.warmgate.aisimulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A simulator as bytes see it. */
final class Wire implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A POST in OpenAI's dialect. */
  HttpResponse<String> openAi(String path, String body) throws IOException, InterruptedException {
    return send(request(path, body).header("Authorization", "Bearer sim-key"));
  }

  /** A POST in Anthropic's dialect. */
  HttpResponse<String> anthropic(String body) throws IOException, InterruptedException {
    return send(
        request("/v1/messages", body)
            .header("x-api-key", "sim-key")
            .header("anthropic-version", "2023-06-01"));
  }

  /** Lets models do something else. */
  JsonNode control(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request("/_simulator", body));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    return JSON.readTree(response.body());
  }

  /** What a model has done. */
  JsonNode counts(String model) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(simulator.url().resolve("/_simulator")));
    return JSON.readTree(response.body()).path("models").path(model).path("counts");
  }

  HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  URI uri(String path) {
    return simulator.url().resolve(path);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A POST in OpenAI's dialect, and all bytes that come back until the connection is closed. */
  String untilClosed(String path, String body) throws IOException {
    try (var socket = new Socket(simulator.url().getHost(), simulator.url().getPort())) {
      String request =
          """
          POST %s HTTP/1.1
          Host: simulator
          Authorization: Bearer sim-key
          Content-Type: application/json
          Content-Length: %d

          """
              .formatted(path, body.length())
              .replace("\n", "\r\n");
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((request + body).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
  }
}
