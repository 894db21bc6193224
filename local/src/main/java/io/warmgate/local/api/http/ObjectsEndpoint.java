package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.service.Cluster;
import io.warmgate.local.api.service.DeleteOptions;
import io.warmgate.local.api.service.Deletes;
import io.warmgate.local.api.service.Scales;
import io.warmgate.local.api.service.Target;
import io.warmgate.local.api.service.Written;
import java.util.ArrayList;
import java.util.List;

/** The verbs on objects. */
final class ObjectsEndpoint {
  private static final int CONGESTED_BYTES = 32 << 20;

  private final Vertx vertx;
  private final Cluster cluster;
  private final LogEndpoint logs;

  ObjectsEndpoint(Vertx vertx, Cluster cluster, LogEndpoint logs) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.logs = logs;
  }

  void handle(Exchange exchange, Target target) {
    boolean collection = target.name().isEmpty();
    switch (exchange.request().method()) {
      case "GET" -> {
        if (target.subresource().equals("log")) {
          logs.handle(exchange, target);
        } else if (exchange.request().parameters().flag("watch")) {
          watch(exchange, target);
        } else if (collection) {
          list(exchange, target);
        } else {
          get(exchange, target);
        }
      }
      case "POST" -> {
        require(collection);
        ApiRequest request = exchange.request();
        written(
            exchange,
            target,
            cluster.writes().create(target, request.json(), request.writeOptions()));
      }
      case "PUT" -> {
        require(!collection);
        ApiRequest request = exchange.request();
        written(
            exchange,
            target,
            cluster.writes().update(target, request.json(), request.writeOptions()));
      }
      case "PATCH" -> {
        require(!collection);
        ApiRequest request = exchange.request();
        written(
            exchange,
            target,
            cluster.writes().patch(target, request.patch(target), request.writeOptions()));
      }
      case "DELETE" -> {
        require(target.subresource().isEmpty());
        if (collection) {
          deleteAll(exchange, target);
        } else {
          delete(exchange, target);
        }
      }
      default -> throw ApiException.methodNotAllowed();
    }
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw ApiException.methodNotAllowed();
    }
  }

  private void get(Exchange exchange, Target target) {
    ObjectNode object = cluster.required(target);
    JsonNode shown =
        target.subresource().equals("scale")
            ? Scales.scale(target.type(), object)
            : exchange.representation().one(target.type(), object);
    exchange.encoded(200, shown, List.of());
  }

  private void list(Exchange exchange, Target target) {
    if (!target.type().verbs().contains("list")) {
      throw ApiException.methodNotAllowed();
    }
    List<ObjectNode> found = select(Selection.of(target, exchange.request().parameters()));
    JsonNode list =
        exchange.representation().list(target.type(), found, cluster.store().revision());
    exchange.encoded(200, list, List.of());
  }

  private List<ObjectNode> select(Selection selection) {
    return cluster.store().list(selection.target().type().id()).stream()
        .filter(selection::matches)
        .toList();
  }

  private void watch(Exchange exchange, Target target) {
    HttpServerResponse response = exchange.response();
    response.setChunked(true).setWriteQueueMaxSize(CONGESTED_BYTES);
    response.putHeader("Content-Type", "application/json");
    WatchStream stream =
        new WatchStream(
            vertx,
            cluster.store(),
            Selection.of(target, exchange.request().parameters()),
            exchange.representation(),
            new ChunkedSink(response));
    response.closeHandler(_ -> stream.stop());
    response.writeHead();
    stream.start(exchange.request().parameters());
  }

  /** Events as lines of a chunked response. */
  private record ChunkedSink(HttpServerResponse response) implements WatchStream.Sink {
    @Override
    public void send(JsonNode event) {
      response.write(Buffer.buffer(Json.bytes(event)).appendByte((byte) '\n'));
    }

    @Override
    public boolean congested() {
      return response.writeQueueFull();
    }

    @Override
    public void end() {
      response.end();
    }
  }

  private static void written(Exchange exchange, Target target, Written written) {
    boolean scale = target.subresource().equals("scale");
    JsonNode shown =
        scale ? written.object() : exchange.representation().one(target.type(), written.object());
    exchange.encoded(written.code(), shown, written.warnings());
  }

  private void delete(Exchange exchange, Target target) {
    Deletes.Outcome outcome = cluster.deletes().delete(target, exchange.request().deleteOptions());
    if (!outcome.gone()) {
      exchange.encoded(
          200, exchange.representation().one(target.type(), outcome.object()), List.of());
      return;
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", target.name());
    if (!target.type().names().group().isEmpty()) {
      details.put("group", target.type().names().group());
    }
    details.put("kind", target.type().names().plural());
    details.put("uid", Meta.of(outcome.object()).uid());
    exchange.encoded(200, status, List.of());
  }

  private void deleteAll(Exchange exchange, Target target) {
    DeleteOptions options = exchange.request().deleteOptions();
    List<ObjectNode> deleted = new ArrayList<>();
    for (ObjectNode object : select(Selection.of(target, exchange.request().parameters()))) {
      Meta meta = Meta.of(object);
      Target one = new Target(target.type(), meta.namespace(), meta.name(), "");
      deleted.add(cluster.deletes().delete(one, options).object());
    }
    JsonNode list =
        exchange.representation().list(target.type(), deleted, cluster.store().revision());
    exchange.encoded(200, list, List.of());
  }
}
