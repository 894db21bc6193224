package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.store.Change;
import io.warmgate.local.api.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch: what is there or what changed since a version, then every change, as events.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Efficient
 *     detection of changes</a>
 */
final class WatchStream {
  private static final long BOOKMARK_MILLIS = 60_000;
  private static final long DEFAULT_SECONDS = 3_600;

  /** Where the events go. */
  interface Sink {
    void send(JsonNode event);

    /** Whether the client reads so slowly that it had better begin anew. */
    boolean congested();

    void end();
  }

  private final Vertx vertx;
  private final ObjectStore store;
  private final Selection selection;
  private final Representation representation;
  private final Sink sink;
  private final List<Long> timers = new ArrayList<>();
  private Runnable unlisten = () -> {};
  private boolean ended;

  WatchStream(
      Vertx vertx,
      ObjectStore store,
      Selection selection,
      Representation representation,
      Sink sink) {
    this.vertx = vertx;
    this.store = store;
    this.selection = selection;
    this.representation = representation;
    this.sink = sink;
  }

  private ResourceType type() {
    return selection.target().type();
  }

  void start(Parameters parameters) {
    boolean bookmarks = parameters.flag("allowWatchBookmarks");
    try {
      sendPast(parameters);
    } catch (ApiException e) {
      sink.send(event("ERROR", e.status()));
      end();
      return;
    }
    if (parameters.flag("sendInitialEvents") && bookmarks) {
      sendBookmark("k8s.io/initial-events-end");
    }
    unlisten = store.listen(this::changed);
    long seconds = parameters.number("timeoutSeconds").orElse(DEFAULT_SECONDS);
    if (seconds > 0) {
      timers.add(vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), _ -> end()));
    }
    if (bookmarks) {
      timers.add(vertx.setPeriodic(BOOKMARK_MILLIS, _ -> sendBookmark(null)));
    }
  }

  private void sendPast(Parameters parameters) {
    long version = parameters.number(Meta.RESOURCE_VERSION).orElse(0);
    boolean initial =
        parameters.optional("sendInitialEvents").isPresent()
            ? parameters.flag("sendInitialEvents")
            : version == 0;
    if (initial) {
      store.list(type().id()).stream()
          .filter(selection::matches)
          .forEach(object -> send("ADDED", object));
    } else if (version > 0) {
      store.since(version).forEach(this::changed);
    }
  }

  private void changed(Change change) {
    if (ended || !change.resource().equals(type().id())) {
      return;
    }
    switch (change) {
      case Change.Created created -> {
        if (selection.matches(created.object())) {
          send("ADDED", created.object());
        }
      }
      case Change.Replaced replaced -> {
        boolean before = selection.matches(replaced.previous());
        boolean after = selection.matches(replaced.object());
        if (after) {
          send(before ? "MODIFIED" : "ADDED", replaced.object());
        } else if (before) {
          send("DELETED", atVersion(replaced.previous(), replaced.revision()));
        }
      }
      case Change.Removed removed -> {
        if (selection.matches(removed.previous())) {
          send("DELETED", removed.object());
        }
      }
    }
  }

  private static ObjectNode atVersion(ObjectNode object, long revision) {
    ObjectNode copy = object.deepCopy();
    Meta.mutable(copy).put(Meta.RESOURCE_VERSION, Long.toString(revision));
    return copy;
  }

  private void send(String eventType, ObjectNode object) {
    if (sink.congested()) {
      end();
      return;
    }
    sink.send(event(eventType, representation.one(type(), object)));
  }

  private static ObjectNode event(String eventType, JsonNode object) {
    ObjectNode event = Json.object().put("type", eventType);
    event.set("object", object);
    return event;
  }

  private void sendBookmark(@Nullable String annotation) {
    ObjectNode bookmark =
        Json.object()
            .put("kind", type().names().kind())
            .put("apiVersion", type().names().apiVersion());
    ObjectNode metadata = bookmark.putObject("metadata");
    metadata.put(Meta.RESOURCE_VERSION, Long.toString(store.revision()));
    if (annotation != null) {
      metadata.putObject("annotations").put(annotation, "true");
    }
    JsonNode shown =
        representation.shape() == Representation.Shape.TABLE
            ? representation.list(type(), List.of(), store.revision())
            : bookmark;
    sink.send(event("BOOKMARK", shown));
  }

  /** Ends the watch from this side. */
  void end() {
    if (!ended) {
      stop();
      sink.end();
    }
  }

  /** Stops sending; for when the client is gone. */
  void stop() {
    ended = true;
    unlisten.run();
    timers.forEach(vertx::cancelTimer);
  }
}
