package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.purge.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asking the origin whether an entry is still right, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4.3">RFC 9111 §4.3</a>.
 */
public final class Validation {
  private Validation() {}

  /** What the origin's response to a conditional request means for the entry. */
  public sealed interface Outcome {}

  /**
   * The entry is right: serve it to every client that waits, and store it anew.
   *
   * @param entry with the response's fields and times
   * @param keep how long; its {@code vary} names no field that did not select before
   */
  public record Refreshed(StoredResponse entry, StoreDecision.Keep keep) implements Outcome {}

  /**
   * The entry is right for this request, and is not to be kept any more: serve it to this client
   * alone, and drop what is stored.
   */
  public record RefreshedOnce(StoredResponse entry, Reason reason) implements Outcome {}

  /** A whole response: treat it as to any request that may be stored ({@link Storage#decide}). */
  public record Replaced() implements Outcome {}

  /** The response goes to this client, the entry stays as it is. */
  public record PassedOn(Reason reason) implements Outcome {}

  /** The response says nothing about the entry: drop it and ask again without conditions. */
  public record AskAgain(Reason reason) implements Outcome {}

  /**
   * §4.3.5: the response to a HEAD goes to this client, and tells that the entry is of another
   * representation: drop it.
   */
  public record PassedOnAndStale(Reason reason) implements Outcome {}

  /** Whether the origin can be asked about a response. */
  static boolean hasValidator(Fields fields) {
    return fields.contains("etag") || fields.contains("last-modified");
  }

  /** The conditions to ask with; empty where there is no validator. */
  public static FieldList conditions(StoredResponse entry) {
    FieldList.Builder conditions = FieldList.builder();
    // §4.3.1: "One such validator is the timestamp given in a Last-Modified header field"; "Another
    // validator is the entity tag given in an ETag field." "A cache: MUST send the relevant entity
    // tags (using If-Match, If-None-Match, or If-Range) if the entity tags were provided"; "SHOULD
    // send the Last-Modified value (using If-Modified-Since)".
    @Nullable String tag = entry.fields().first("etag");
    if (tag != null) {
      conditions.add("if-none-match", tag);
    }
    @Nullable String modified = entry.fields().first("last-modified");
    if (modified != null) {
      conditions.add("if-modified-since", modified);
    }
    return conditions.build();
  }

  /**
   * Applies the response to a conditional request made of {@link Decision.Validate}.
   *
   * @param position of the log, as applied when that request was sent
   */
  public static Outcome apply(
      RequestView request,
      StoredResponse entry,
      ResponseView response,
      Position position,
      CachingPolicy policy) {
    if (response.status() == 304) {
      return isAbout(entry, response.fields())
          ? refresh(request, entry, response, position, policy)
          : new AskAgain(Reason.OTHER_REPRESENTATION);
    }
    // §4.3.3: "if a cache receives a 5xx (Server Error) response while attempting to validate a
    // response, it can either forward this response to the requesting client or act as if the
    // server failed to respond."
    if (response.status() >= 500) {
      return new PassedOn(Reason.VALIDATION_FAILED);
    }
    if (request.isHead()) {
      return head(request, entry, response, position, policy);
    }
    // "A full response (i.e., one containing content) indicates that none of the stored responses
    // nominated in the conditional request are suitable. Instead, the cache MUST use the full
    // response to satisfy the request. The cache MAY store such a full response, subject to its
    // constraints".
    return new Replaced();
  }

  /**
   * §4.3.4: "If the new response contains one or more strong validators, then each of those strong
   * validators identifies a selected representation for update"; "If the new response contains no
   * strong validators but does contain one or more weak validators, and those validators correspond
   * to one of the initial set's stored responses, then the most recent of those matching stored
   * responses is identified for update".
   *
   * <p>A date beside a strong tag says nothing more; beside a weak one, or alone, it has to be the
   * stored one. A response without either is taken to answer what was asked: many origins send a
   * 304 with nothing in it.
   */
  private static boolean isAbout(StoredResponse entry, Fields response) {
    @Nullable String tag = response.first("etag");
    @Nullable String storedTag = entry.fields().first("etag");
    if (tag != null && !EntityTag.isWeak(tag)) {
      return storedTag != null && EntityTag.stronglyMatches(tag, storedTag);
    }
    if (tag != null && (storedTag == null || !EntityTag.weaklyMatches(tag, storedTag))) {
      return false;
    }
    @Nullable String modified = response.first("last-modified");
    if (modified == null) {
      return true;
    }
    @Nullable String storedModified = entry.fields().first("last-modified");
    return storedModified == null ? tag != null : modified.equals(storedModified);
  }

  private static Outcome refresh(
      RequestView request,
      StoredResponse entry,
      ResponseView response,
      Position position,
      CachingPolicy policy) {
    FieldList merged = StoredFields.updated(entry.fields(), response.fields());
    // Judged as the response it now is, with the age of the response that refreshed it.
    ResponseView whole =
        new ResponseView(
            entry.status(),
            withAge(merged, response.fields()),
            response.requestMillis(),
            response.responseMillis());
    StoreDecision decision =
        Storage.decide(asGet(request), whole, policy, response.responseMillis());
    return switch (decision) {
      // §4.1: this request chose the entry by fewer fields than now select. Others that these tell
      // apart would choose it too.
      case StoreDecision.Keep keep when !Vary.names(entry.fields()).containsAll(keep.vary()) ->
          new RefreshedOnce(usedOnce(entry, merged, whole), Reason.VARY_WIDENED);
      case StoreDecision.Keep keep ->
          new Refreshed(refreshed(entry, keep.fields(), keep, position), keep);
      case StoreDecision.Skip(Reason reason) ->
          new RefreshedOnce(usedOnce(entry, merged, whole), reason);
    };
  }

  /**
   * §4.3.5: "For each of the stored responses that could have been chosen, if the stored response
   * and HEAD response have matching values for any received validator fields (ETag and
   * Last-Modified) and, if the HEAD response has a Content-Length header field, the value of
   * Content-Length matches that of the stored response, the cache SHOULD update the stored response
   * as described below; otherwise, the cache SHOULD consider the stored response to be stale."
   *
   * <p>One without any validator is taken for the latter: nothing says that it is about these
   * bytes.
   */
  private static Outcome head(
      RequestView request,
      StoredResponse entry,
      ResponseView response,
      Position position,
      CachingPolicy policy) {
    if (response.status() != entry.status() || !describes(entry, response.fields())) {
      return new PassedOnAndStale(Reason.HEAD_DIFFERS);
    }
    return refresh(request, entry, response, position, policy);
  }

  private static boolean describes(StoredResponse entry, Fields response) {
    @Nullable String length = response.first("content-length");
    return (length == null || length.equals(Integer.toString(entry.body().length())))
        && sameIfGiven("etag", entry, response)
        && sameIfGiven("last-modified", entry, response)
        && hasValidator(response);
  }

  private static boolean sameIfGiven(String name, StoredResponse entry, Fields response) {
    @Nullable String value = response.first(name);
    return value == null || value.equals(entry.fields().first(name));
  }

  private static RequestView asGet(RequestView request) {
    return new RequestView("GET", request.target(), request.fields(), request.hasContent());
  }

  /** A 304's Age is not stored, and counts for the entry's age. */
  private static FieldList withAge(FieldList merged, Fields response) {
    FieldList.Builder fields = FieldList.builder();
    merged.forEach(fields::add);
    response.all("age").forEach(value -> fields.add("age", value));
    return fields.build();
  }

  private static StoredResponse refreshed(
      StoredResponse entry, FieldList fields, StoreDecision.Keep keep, Position position) {
    Provenance was = entry.provenance();
    return new StoredResponse(
        entry.status(),
        fields,
        entry.body(),
        keep.validity(),
        new Provenance(was.keyMaterial(), was.generation(), position, was.tags()));
  }

  /** Of the response's age, and fresh for nobody. */
  private static StoredResponse usedOnce(
      StoredResponse entry, FieldList fields, ResponseView response) {
    Validity validity =
        new Validity(
            response.requestMillis(),
            response.responseMillis(),
            Age.initial(response),
            0,
            StaleWindows.NONE,
            Set.of(Constraint.NO_CACHE));
    return new StoredResponse(entry.status(), fields, entry.body(), validity, entry.provenance());
  }
}
