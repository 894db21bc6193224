package io.warmgate.server.hot;

import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.routing.Hash;
import java.util.List;

/**
 * A request as it can be made again, and what it was when it was seen.
 *
 * @param request without anything that is one client's
 * @param varied names of the fields that were known to select its answer, beside the key's
 * @param generation that its key was of
 * @param keyId of its primary key
 */
public record Sighting(WarmRequest request, List<String> varied, String generation, long keyId) {

  /** The same for the same request, whatever release it came to. */
  static long id(WarmRequest request) {
    long id = Hash.of(request.listener());
    id = Hash.mix(id ^ Hash.of(String.valueOf(request.scheme())));
    id = Hash.mix(id ^ Hash.of(request.host()));
    id = Hash.mix(id ^ Hash.of(request.target()));
    for (Field field : request.headers()) {
      id = Hash.mix(id ^ Hash.of(field.name()));
      id = Hash.mix(id ^ Hash.of(field.value()));
    }
    return id;
  }

  /** In memory, an estimate in bytes. */
  int bytes() {
    int text = request.host().length() + request.target().length();
    for (Field field : request.headers()) {
      text += 64 + field.name().length() + field.value().length();
    }
    return 320 + text;
  }
}
