import type { APIRoute, GetStaticPaths } from 'astro';
import { stringify } from '../../../engine/json';
import type { Recording } from '../../../kit/widget';
import { getRecordings, widgets } from '../../../registry/server';
import { recordingFile } from '../../../site/widget/recording-file';

/** A file for each recorded run: a page fetches its own when the figure comes to life. */
export const getStaticPaths = (() =>
  [...widgets.keys()].flatMap((id) =>
    Object.entries(getRecordings(id)).map(([key, recording]) => ({
      params: { id, file: recordingFile(key) },
      props: { recording },
    })),
  )) satisfies GetStaticPaths;

// The figures need the run, not the values of every seed.
export const GET: APIRoute<{ recording: Recording }> = ({ props }) =>
  new Response(stringify({ ...props.recording, values: {} }));
