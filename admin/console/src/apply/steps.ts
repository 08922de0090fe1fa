// The steps of an application, in order, and which members each is about.
import type {Key} from '../text/text';
import type {Form} from './form';
import {measuresStep} from './step-measures';
import {peopleStep} from './step-people';
import {placeStep} from './step-place';
import {workStep} from './step-work';

interface Step {
  title: Key;
  members: string[];
  view: (form: Form) => unknown;
}

export const steps: Step[] = [
  {title: 'step.place', view: placeStep, members: ['unit', 'owner_unit', 'area', 'place', 'place.address',
    'place.longitude', 'place.latitude', 'place.outdoor', 'place.confined_space', 'place.height_metres']},
  {title: 'step.work', view: workStep, members: []}, // whatever is at home nowhere else
  {title: 'step.people', view: peopleStep, members: ['operators', 'fire_watch', 'person_in_charge', 'machines']},
  {title: 'step.measures', view: measuresStep, members: ['measures', 'hazards', 'special_works']},
];

export const k_check = steps.length; // the last one, where all is seen once more

export const stepOf = (member: string) => {
  const found = steps.findIndex(({members}) => members.includes(member));
  return found < 0 ? 1 : found;
};
