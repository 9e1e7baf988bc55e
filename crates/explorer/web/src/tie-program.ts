// How a tie is drawn in WebGL: a straight line of even width, dashed where it is only announced, moved aside where several
// ties join the same two.

import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

// The place of each corner is that of a line end, moved along the normal; lengths in pixels become lengths of the graph by
// u_correctionRatio / u_sizeRatio.
const VERTEX_SHADER = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_thickness;
attribute float a_gap;
attribute float a_shift;
attribute float a_along;
attribute float a_side;
uniform mat3 u_matrix;
uniform float u_pixel;
varying vec4 v_color;
varying float v_distance;
varying float v_gap;
const float bias = 255.0 / 254.0;

void main() {
  vec2 line = a_end - a_start;
  float size = max(length(line), 1e-6);
  vec2 normal = vec2(-line.y, line.x) / size;
  float thickness = a_thickness;
  #ifdef PICKING_MODE
  // A line is easier to hit than it is wide.
  thickness = max(thickness, 5.0);
  #endif
  vec2 place = a_start + line * a_along + normal * u_pixel * (a_side * thickness + a_shift);
  gl_Position = vec4((u_matrix * vec3(place, 1)).xy, 0, 1);
  v_distance = a_along * size / u_pixel;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_gap = 0.0;
  #else
  v_color = a_color;
  v_gap = a_gap;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT_SHADER = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying float v_distance;
varying float v_gap;
const float dash = 14.0;

void main() {
  if (v_gap > 0.0 && mod(v_distance, dash + v_gap) > dash) discard;
  gl_FragColor = v_color;
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

/** What a tie of the picture knows besides its colour and size. */
export interface TieAttributes {
  /** Pixels between dashes; 0 for a whole line. */
  gap: number;
  /** Pixels to the side. */
  shift: number;
}

export class TieProgram extends EdgeProgram<"u_matrix" | "u_pixel"> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX_SHADER,
      FRAGMENT_SHADER_SOURCE: FRAGMENT_SHADER,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_matrix", "u_pixel"] as const,
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_thickness", size: 1, type: FLOAT },
        { name: "a_gap", size: 1, type: FLOAT },
        { name: "a_shift", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: "a_along", size: 1, type: FLOAT },
        { name: "a_side", size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    };
  }

  processVisibleItem(
    index: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData & Partial<TieAttributes>,
  ): void {
    const row = [
      source.x,
      source.y,
      target.x,
      target.y,
      data.size,
      data.gap ?? 0,
      data.shift ?? 0,
      floatColor(data.color),
      index,
    ];
    this.array.set(row, start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<"u_matrix" | "u_pixel">): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
    gl.uniform1f(uniformLocations.u_pixel, params.correctionRatio / params.sizeRatio);
  }
}
