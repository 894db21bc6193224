package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a write led to.
 *
 * @param code the HTTP status
 * @param warnings for the client's user, such as {@code unknown field "spec.foo"}
 */
public record Written(int code, ObjectNode object, List<String> warnings) {}
