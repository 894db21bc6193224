package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.local.api.PodLogs;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.service.Cluster;
import io.warmgate.local.api.service.Target;
import java.util.List;
import java.util.stream.Stream;

/** {@code GET pods/<name>/log}. */
record LogEndpoint(Cluster cluster, PodLogs logs, Context context) {

  void handle(Exchange exchange, Target target) {
    ObjectNode pod = cluster.required(target);
    Parameters parameters = exchange.request().parameters();
    PodLogs.Query query =
        new PodLogs.Query(
            target.namespace(),
            target.name(),
            container(target, pod, parameters.text("container")),
            parameters.flag("follow"),
            parameters.flag("previous"),
            parameters.flag("timestamps"),
            parameters.smallNumber("tailLines"),
            parameters.number("sinceSeconds"));
    HttpServerResponse response = exchange.response();
    response.setChunked(true).putHeader("Content-Type", "text/plain");
    response.writeHead();
    logs.open(query, new ResponseOutput(context, response));
  }

  private static String container(Target target, ObjectNode pod, String asked) {
    List<String> names =
        Stream.of("/spec/containers", "/spec/initContainers")
            .flatMap(list -> Json.objects(pod.at(list)).stream())
            .map(container -> container.path("name").asText())
            .toList();
    if (asked.isEmpty()) {
      if (pod.at("/spec/containers").size() > 1) {
        throw ApiException.badRequest(
            "a container name must be specified for pod %s, choose one of: %s"
                .formatted(target.name(), String.join(" ", names)));
      }
      return names.getFirst();
    }
    if (!names.contains(asked)) {
      throw ApiException.badRequest(
          "container %s is not valid for pod %s".formatted(asked, target.name()));
    }
    return asked;
  }

  /** Writes to the client from any thread. */
  private record ResponseOutput(Context context, HttpServerResponse response)
      implements PodLogs.Output {
    @Override
    public void write(byte[] text) {
      context.runOnContext(_ -> writeNow(text));
    }

    private void writeNow(byte[] text) {
      if (!closed()) {
        response.write(Buffer.buffer(text));
      }
    }

    @Override
    public void end() {
      context.runOnContext(_ -> endNow());
    }

    private void endNow() {
      if (!closed()) {
        response.end();
      }
    }

    @Override
    public boolean closed() {
      return response.closed() || response.ended();
    }
  }
}
