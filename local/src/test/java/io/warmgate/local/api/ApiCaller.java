package io.warmgate.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.warmgate.local.api.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends single requests, with the credentials and over the TLS of a fabric8 client. */
record ApiCaller(KubernetesClient client) {
  /** What came back. */
  record Answer(int code, List<String> warnings, JsonNode body) {}

  Answer call(String method, String contentType, String accept, String path, JsonNode body) {
    String base = client.getMasterUrl().toString().replaceAll("/$", "");
    HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder().uri(base + path);
    String text = body.isMissingNode() ? "" : Json.compact(body);
    request.header("Accept", accept).header("User-Agent", "contract/1");
    request.method(method, contentType, text);
    try {
      HttpResponse<String> response =
          client.getHttpClient().sendAsync(request.build(), String.class).get(30, TimeUnit.SECONDS);
      byte[] content = String.valueOf(response.body()).getBytes(StandardCharsets.UTF_8);
      boolean isJson = content.length > 0 && content[0] == '{';
      return new Answer(
          response.code(),
          response.headers("Warning"),
          isJson ? Json.parse(content) : Json.text(new String(content, StandardCharsets.UTF_8)));
    } catch (ExecutionException | TimeoutException | IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer json(String method, String path, JsonNode body) {
    return call(method, "application/json", "application/json", path, body);
  }
}
